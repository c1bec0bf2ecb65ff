import { document, inert, moves, service } from "../flows/vocabulary";
import { pipelineObject, pipelineParameter } from "./documents/pipeline-objects";
import { resourcePage } from "./pages";

export default service("AWS Data Pipeline", {
  aws_datapipeline_pipeline: inert(
    "an empty pipeline; what it does, its definition says",
    resourcePage("datapipeline_pipeline"),
  ),
  aws_datapipeline_pipeline_definition: moves("copies and transforms data on machines that it starts", {
    docs: "https://docs.aws.amazon.com/datapipeline/latest/DeveloperGuide/dp-pipeline-objects.html",
    data: "pipeline_id",
    attributes: {
      "pipeline_object.field": document(pipelineObject),
      "parameter_object.attribute": document(pipelineObject),
      "parameter_value.string_value": document(pipelineParameter),
    },
  }),
});
