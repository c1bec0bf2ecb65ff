import { holds, service } from "../flows/vocabulary";

export default service("Amazon SWF", {
  aws_swf_domain: holds("keeps histories of workflows; workers need permission by identity policies", {
    docs: "https://docs.aws.amazon.com/amazonswf/latest/developerguide/swf-dev-domains.html",
  }),
});
