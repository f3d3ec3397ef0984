import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultRule } from '../../src/local-cloud/front/parse-fault-rules.ts';

export type { FaultRule } from '../../src/local-cloud/front/parse-fault-rules.ts';

/** The fault rules of a local cloud, over its control requests as any program would set them. */
export function faultsOf(endpoint: string) {
  const control = async (method: string, body?: object) => {
    const answer = await fetch(`${endpoint}/_cdnpub/faults`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(text);
    return JSON.parse(text) as { readonly rules: readonly { readonly hits: number }[] };
  };
  return {
    setFaults: async (rules: readonly FaultRule[]) => void (await control('PUT', { rules })),
    /** Waits until the first rule has struck: a held request is then applied and its reply kept back. */
    async untilStruck() {
      while (((await control('GET')).rules[0]?.hits ?? 0) === 0) await sleep(20);
    },
    async clearFaults() {
      const { rules } = await control('GET');
      await control('DELETE');
      return rules.map(({ hits }) => hits);
    },
  };
}
