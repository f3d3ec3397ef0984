import type { HeadersPolicy } from '../../model/infrastructure.ts';
import { type HeaderSettings, planHeaders } from './plan-headers.ts';

/** What the response headers policy sets where no build is at hand to say more. */
export const configuredHeaders = (settings: HeaderSettings): HeadersPolicy['set'] =>
  planHeaders({ settings, text: null, notFoundKey: '' }).policy;
