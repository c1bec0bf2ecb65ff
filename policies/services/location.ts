import { isUnknown } from "../configuration/value";
import {
  type DocumentReader,
  document,
  harmless,
  holds,
  moves,
  sends,
  service,
  shares,
  uses,
} from "../flows/vocabulary";

const guide = (page: string) => `https://docs.aws.amazon.com/location/latest/developerguide/${page}.html`;

/**
 * "… you transmit request parameters (such as location searches) … to the geolocation provider for processing, which may
 * be outside of the AWS Region" (AWS GovCloud User Guide, "Amazon Location Service"; said of Esri, HERE and GrabMaps,
 * not of Open Data).
 */
const provider = shares("location.data-provider", "principal", {
  why: "what people look for is sent to this provider of maps",
});

const style: DocumentReader = function* (name) {
  if (isUnknown(name) || (typeof name === "string" && !/OpenData/.test(name))) {
    yield { at: "", value: name, role: provider };
  }
};

export default service("Amazon Location Service", {
  aws_location_place_index: moves("looks for places and addresses", {
    docs: guide("data-provider-features"),
    attributes: { data_source: provider, data_source_configuration: harmless("whether results may be stored") },
  }),
  aws_location_route_calculator: moves("looks for ways", {
    docs: guide("data-provider-features"),
    attributes: { data_source: provider },
  }),
  aws_location_map: moves("draws maps", {
    docs: guide("data-provider-features"),
    attributes: { "configuration.style": document(style) },
  }),
  aws_location_geofence_collection: holds("areas that devices enter and leave", {
    docs: guide("geofence-components"),
    attributes: { kms_key_id: uses("the key that encrypts areas") },
  }),
  aws_location_tracker: holds("where devices were", {
    docs: guide("geofence-tracker-concepts"),
    attributes: { kms_key_id: uses("the key that encrypts positions") },
  }),
  aws_location_tracker_association: moves("has positions compared with areas", {
    docs: guide("associate-consumer"),
    data: "tracker_name",
    attributes: { consumer_arn: sends("location.consumer", "arn", { why: "each position is handed to it" }) },
  }),
});
