/**
 * Whether Step Functions no longer waits for an answer.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskSuccess.html, "Errors"
 */
export const isOver = (error: unknown): boolean =>
  ["InvalidToken", "TaskDoesNotExist", "TaskTimedOut"].includes((error as Error).name);
