import type { Agents } from './open-agents.ts';

type Provider = (options?: { readonly forceRefresh?: boolean }) => Promise<{
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}>;

/**
 * The SDK's usual chain, whose own clients (SSO, STS for roles) ask over these agents: left to itself, a part of them
 * would make connections of its own. Loaded when the first credentials are asked for.
 */
export function credentialChain({
  agents: { httpAgent, httpsAgent },
  profile,
}: {
  readonly agents: Agents;
  readonly profile: string | null;
}): Provider {
  const requestHandler = { httpAgent, httpsAgent };
  let chain: Promise<Provider> | undefined;
  const open = async (): Promise<Provider> => {
    const { defaultProvider } = await import('@aws-sdk/credential-provider-node');
    return defaultProvider({
      ...(profile === null ? {} : { profile }),
      // Another program may renew a profile's keys while we run.
      ignoreCache: true,
      clientConfig: { requestHandler },
    }) as Provider;
  };
  return async (options) => {
    chain ??= open();
    return (await chain)(options);
  };
}
