import { Flags } from '@oclif/core';
import { policy } from '../app/policy.ts';
import { BaseCommand } from '../base-command.ts';
import { CdnpubError } from '../model/cdnpub-error.ts';
import { policyObject, renderPolicies, renderPolicyNotes } from '../report/policy-report.ts';
import { placeFlags } from '../ui/deploy-flags.ts';
import { openSite } from '../ui/open-site.ts';

const roles = ['setup', 'deploy', 'trust'] as const;

export default class Policy extends BaseCommand {
  static override summary = 'Print the least IAM policies for this site.';
  static override description =
    `One for the role that sets the site up, one for the role that deploys to it, and with --oidc the trust policy that
lets GitHub Actions assume the latter without a key. Printed again after the first deploy, they name its ids.`;
  static override examples = [
    '<%= config.bin %> policy',
    '<%= config.bin %> policy --role deploy > deploy.json',
    '<%= config.bin %> policy --oidc octocat/docs --role trust > trust.json',
    '<%= config.bin %> policy --oidc octocat/docs:environment:production',
  ];
  static override flags = {
    ...placeFlags,
    cdn: Flags.boolean({ allowNo: true, description: 'with a CloudFront distribution (default)' }),
    oidc: Flags.string({ helpValue: 'OWNER/REPO', description: 'repository whose GitHub Actions deploy' }),
    role: Flags.option({ options: roles, helpValue: roles.join('|'), description: 'print this policy alone' })(),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Policy);
    if (flags.role === 'trust' && flags.oidc === undefined) throw noRepository();
    const site = await openSite({ flags, dir: '.', concurrency: 8 });
    try {
      const report = await policy({ ...site.wire, oidc: flags.oidc });
      const notes = renderPolicyNotes(report);
      this.print({ exit: 0, json: policyObject(report), result: renderPolicies(report, flags.role), notes }, flags);
    } finally {
      await site.close();
    }
  }
}

const noRepository = (): CdnpubError =>
  new CdnpubError('E_USAGE', {
    message: '--role trust needs to know whom to trust',
    hints: ['--oidc OWNER/REPO'],
  });
