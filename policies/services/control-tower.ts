import { document, filters, harmless, places, service, uses } from "../flows/vocabulary";
import { landingZone } from "./documents/landing-zone";

const guide = (page: string) => `https://docs.aws.amazon.com/controltower/latest/userguide/${page}.html`;

export default service("AWS Control Tower", {
  aws_controltower_landing_zone: places("sets up an organization's accounts, its log archive and its Regions", {
    docs: guide("lz-api-launch"),
    attributes: { manifest_json: document(landingZone) },
  }),
  aws_controltower_control: filters("forbids or detects something in an organizational unit", {
    docs: guide("controls"),
    attributes: {
      target_identifier: uses("the unit that the control is for"),
      control_identifier: harmless("which control it is"),
      parameters: harmless("what the control forbids; nothing is opened by it"),
    },
  }),
  aws_controltower_baseline: filters("puts a set of controls and resources into an organizational unit", {
    docs: guide("types-of-baselines"),
    attributes: {
      target_identifier: uses("the unit that the set is for"),
      baseline_identifier: harmless("which set it is"),
      parameters: harmless("settings of the set"),
    },
  }),
});
