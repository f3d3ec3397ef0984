import { CdnpubError } from '../../model/cdnpub-error.ts';
import type { SavedPlan } from './describe-plan.ts';

/** Reads a saved plan. Throws `E_USAGE` for what is none, or one of another version. */
export function parseSavedPlan(text: string, file: string): SavedPlan {
  const plan = parse(text);
  if (isSavedPlan(plan)) return plan;
  throw new CdnpubError('E_USAGE', {
    message: `${file} is not a plan that this version of cdnpub has saved`,
    hints: [`cdnpub deploy DIR --dry-run --out ${file}`],
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What is compared is only ever compared; the id goes into names, and must be one. */
function isSavedPlan(plan: unknown): plan is SavedPlan {
  if (typeof plan !== 'object' || plan === null) return false;
  const { schema, kind, siteId, saw, does }: Partial<Record<keyof SavedPlan, unknown>> = plan;
  const isWhole = [saw, does].every((part) => typeof part === 'object' && part !== null);
  return (
    schema === 1 && kind === 'cdnpub plan' && isWhole && typeof siteId === 'string' && /^[a-z\d]{1,32}$/.test(siteId)
  );
}
