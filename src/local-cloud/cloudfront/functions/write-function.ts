import type { XmlTree } from '../../xml.ts';
import { isoTime } from '../answer.ts';
import type { Cloud } from '../call.ts';
import { usesFunction } from '../distributions/uses-function.ts';
import type { FunctionRecord } from '../state.ts';
import { type StageName, stageOf } from './find-function.ts';

/** The FunctionSummary of one stage. */
export function writeFunction(cloud: Cloud, record: FunctionRecord, name: StageName): XmlTree {
  const stage = stageOf(record, name);
  return {
    Name: record.name,
    Status: statusOf(cloud, record, name),
    FunctionConfig: stage.config,
    FunctionMetadata: {
      FunctionARN: record.arn,
      Stage: name,
      CreatedTime: isoTime(record.createdAt),
      LastModifiedTime: isoTime(stage.modifiedAt),
    },
  };
}

/**
 * UNPUBLISHED while the DEVELOPMENT stage holds what is not LIVE; a published function is UNASSOCIATED, or with a
 * behavior IN_PROGRESS and then DEPLOYED (the words that the service answers with; the API model lists none).
 */
function statusOf(cloud: Cloud, record: FunctionRecord, name: StageName): string {
  const { live } = record;
  if (live === undefined || (name === 'DEVELOPMENT' && !record.development.published)) return 'UNPUBLISHED';
  const users = [...cloud.state.distributions.values()].filter((user) => usesFunction(user.config, record.arn));
  if (users.length === 0) return 'UNASSOCIATED';
  const deployedAt = Math.max(live.deployedAt, ...users.map((user) => user.deployedAt));
  return cloud.clock.now() >= deployedAt ? 'DEPLOYED' : 'IN_PROGRESS';
}
