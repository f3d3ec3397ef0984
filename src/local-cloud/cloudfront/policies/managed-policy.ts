import type { XmlTree } from '../../xml.ts';
import type { Policy, PolicyKind } from '../state.ts';

/** A policy that AWS manages: every account can use it, none can change it. */
export function managedPolicy(kind: PolicyKind, id: string, name: string, config: XmlTree): Policy {
  const named = { Comment: '', Name: name, ...config };
  return { id, kind, account: 'managed', etag: 'E23ZP02F085DFQ', modifiedAt: 0, config: named };
}
