import type { Caller } from '../wire.ts';

/** How AWS words a refusal ("Troubleshoot access denied error messages", IAM user guide). */
export function deniedMessage(
  caller: Caller,
  {
    action,
    resource,
    verdict,
  }: { readonly action: string; readonly resource?: string; readonly verdict?: 'deny' | 'none' },
): string {
  if (caller.kind !== 'account') return 'Access Denied';
  const on = resource === undefined ? '' : ` on resource: "${resource}"`;
  return `User: ${caller.arn} is not authorized to perform: ${action}${on}${reasons[verdict ?? 'unknown'](action)}`;
}

const reasons: Readonly<Record<'deny' | 'none' | 'unknown', (action: string) => string>> = {
  deny: () => ' with an explicit deny in an identity-based policy',
  none: (action) => ` because no identity-based policy allows the ${action} action`,
  unknown: () => '',
};
