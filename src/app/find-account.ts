import type { Environment } from '../aws/connect.ts';
import { findIdentity } from './wire.ts';

/** Asking takes a moment where credentials are, and longer where none answer: then it is given up. */
const patienceMs = 3_000;

/** The account that the credentials at hand belong to; undefined where there are none, or AWS is not reached in time. */
export async function findAccount(request: {
  readonly env: Environment;
  readonly profile: string | null;
  readonly region: string;
}): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), patienceMs);
  });
  try {
    const asked = findIdentity(request).then(
      ({ account }) => account ?? undefined,
      () => undefined,
    );
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
  }
}
