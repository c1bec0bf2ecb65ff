/** `eu-west-1_AbCdEf123` and `eu-west-1:0a1b…`, the ids of Amazon Cognito's user pools and identity pools. */
import { type Condition, type DocumentReader, sends } from "../../flows/vocabulary";

/** Both begin with the Region of the pool (Amazon Cognito API Reference, "UserPoolType" and "IdentityPool"). */
const REGION = /^([\w-]+)[_:][0-9a-zA-Z-]+$/;

/** Yields the Region that a pool's id tells, or, of a pool that is referred to, the pool. */
export const cognitoPool = (channel: string, when: Condition, why: string): DocumentReader =>
  function* (id) {
    const region = typeof id === "string" ? REGION.exec(id)?.[1] : undefined;
    if (region === undefined) yield { at: "", value: id, role: sends(channel, "id", { when, why }) };
    else yield { at: "", value: region, role: sends(channel, "region", { when, why }) };
  };
