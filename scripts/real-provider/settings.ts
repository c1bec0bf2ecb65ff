/** What a real provider is configured with where it shall plan without an account and ask nobody. */
export const offline = {
  access_key: "none",
  secret_key: "none",
  skip_credentials_validation: true,
  skip_metadata_api_check: "true",
  skip_region_validation: true,
  skip_requesting_account_id: true,
  max_retries: 1,
} as const;
