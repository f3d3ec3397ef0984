import type { ConfigFile } from '../config/schema.ts';

export const configFormats = ['json', 'jsonc', 'ts', 'yaml'] as const;

export type ConfigFormat = (typeof configFormats)[number];

/** A config as it is written into a file of that format; `schema` is where editors find its keys. */
export async function configText(config: ConfigFile, format: ConfigFormat, schema: string): Promise<string> {
  const json = (value: object): string => JSON.stringify(value, undefined, 2);
  switch (format) {
    case 'json':
      return `${json({ $schema: schema, ...config })}\n`;
    case 'jsonc':
      return `// What cdnpub publishes, and where to. All else has a default.\n${json({ $schema: schema, ...config })}\n`;
    case 'ts':
      return `import type { Config } from 'cdnpub';\n\nexport default ${json(config)} satisfies Config;\n`;
    case 'yaml': {
      const { stringify } = await import('yaml');
      return `# yaml-language-server: $schema=${schema}\n${stringify(config)}`;
    }
  }
}
