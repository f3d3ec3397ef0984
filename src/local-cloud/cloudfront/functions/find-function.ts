import { arnOf } from '../arn.ts';
import type { Call } from '../call.ts';
import { cloudFrontFault } from '../cloudfront-fault.ts';
import type { FunctionRecord, FunctionStage } from '../state.ts';

/** The caller's function of that name. @throws ServiceFault NoSuchFunctionExists. */
export function findFunction(call: Call): FunctionRecord {
  const found = call.cloud.state.functions.get(arnOf(call.account, 'function', call.params.Name ?? ''));
  if (found === undefined) throw cloudFrontFault('NoSuchFunctionExists');
  return found;
}

export type StageName = 'DEVELOPMENT' | 'LIVE';

/** The stage that `Stage` in the query names; DEVELOPMENT where it says nothing. */
export function stageAsked(call: Call): StageName | undefined {
  const name = call.request.query.get('Stage') || undefined;
  if (name === undefined || name === 'DEVELOPMENT' || name === 'LIVE') return name;
  throw cloudFrontFault('InvalidArgument', 'The parameter Stage is not valid.');
}

/** @throws ServiceFault NoSuchFunctionExists where the function was never published. */
export function stageOf(record: FunctionRecord, name: StageName): FunctionStage {
  const stage = name === 'LIVE' ? record.live : record.development;
  if (stage === undefined) throw cloudFrontFault('NoSuchFunctionExists');
  return stage;
}
