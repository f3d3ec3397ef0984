import type { WireResponse } from '../../wire.ts';
import { answerXml } from '../answer.ts';
import type { Call, Operations } from '../call.ts';
import { pageOf, pageWithoutMarker } from '../page.ts';
import { findFunction, type StageName, stageAsked, stageOf } from './find-function.ts';
import { testFunction } from './test-function.ts';
import { writeFunction } from './write-function.ts';

/** The operations that read functions. */
export const functionReads = {
  DescribeFunction: describeFunction,
  GetFunction: getFunction,
  ListFunctions: listFunctions,
  TestFunction: testFunction,
} as const satisfies Operations;

/** DescribeFunction: "the function's stage, either DEVELOPMENT or LIVE", with the stage's own ETag. */
function describeFunction(call: Call): WireResponse {
  const found = findFunction(call);
  const stage = stageAsked(call) ?? 'DEVELOPMENT';
  const { etag } = stageOf(found, stage);
  return answerXml({ root: 'FunctionSummary', tree: writeFunction(call.cloud, found, stage), etag });
}

/** GetFunction: the code as bytes. */
function getFunction(call: Call): WireResponse {
  const stage = stageOf(findFunction(call), stageAsked(call) ?? 'DEVELOPMENT');
  const headers = { 'content-type': 'application/octet-stream', etag: stage.etag };
  return { status: 200, headers, body: Buffer.from(stage.code, 'base64') };
}

/** ListFunctions: every stage of every function, or "only the functions that are in the specified stage" [dts]. */
function listFunctions(call: Call): WireResponse {
  const asked = stageAsked(call);
  const stages = [...call.cloud.state.functions.values()]
    .filter((record) => record.account === call.account)
    .flatMap((record) => [
      { record, stage: 'DEVELOPMENT' as StageName },
      { record, stage: 'LIVE' as StageName },
    ])
    .filter(({ record, stage }) => stage === 'DEVELOPMENT' || record.live !== undefined)
    .filter(({ stage }) => asked === undefined || stage === asked);
  const page = pageOf(stages, call.request.query, ({ record, stage }) => `${record.name}/${stage}`);
  const tree = pageWithoutMarker(page, 'FunctionSummary', ({ record, stage }) =>
    writeFunction(call.cloud, record, stage),
  );
  return answerXml({ root: 'FunctionList', tree });
}
