export * from "./account-block";
export * from "./dns-firewall";
export * from "./endpoints";
export * from "./firewall-policy";
export * from "./inspection";
export * from "./network-acls";
export * from "./sealed-defaults";
export * from "./zone-firewall";
