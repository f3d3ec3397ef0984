import type { Answer } from './compress-answer.ts';
import type { EdgeContext, ObjectPlan } from './edge-context.ts';
import { fetchObject } from './fetch-object.ts';
import { pickBehavior } from './pick-behavior.ts';

/**
 * The custom error page of a status, with the response code that the distribution gives it; undefined where none is
 * configured. "CloudFront finds the first cache behavior that has a path pattern that matches the path of the custom
 * error page" and asks that behaviour's origin; no function runs for it. "If the custom error page isn't available,
 * CloudFront returns the status code that it received from the origin that contains the custom error pages."
 */
export async function fetchErrorPage(
  context: EdgeContext,
  plan: ObjectPlan,
  status: number,
): Promise<Answer | undefined> {
  const configured = plan.distribution.errorResponses.find(({ errorCode }) => errorCode === status);
  if (configured?.responsePagePath === undefined) return undefined;
  const path = configured.responsePagePath;
  const uri = path.startsWith('/') ? path : `/${path}`;
  const key = { ...plan.key, uri, query: '', headers: [], cookie: '' };
  const route = pickBehavior(plan.distribution, uri);
  const fetched = await fetchObject(context, { ...plan, ...route, key }, { method: 'GET', conditions: [] });
  if (fetched.kind === 'stream') {
    fetched.body.destroy();
    return undefined;
  }
  const { answer } = fetched;
  return answer.status === 200 ? { ...answer, status: configured.responseCode ?? status } : answer;
}
