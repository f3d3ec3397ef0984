import { toJsonSchema } from '@valibot/to-json-schema';
import { expect, test } from 'vitest';
import { configSchema } from '../../src/config/schema.ts';
import { readReadme } from '../readme/read-readme.ts';

/**
 * The JSON Schema that editors use is made from the one schema that checks configs, and described in the words of the
 * README. `vitest run FILE --update` writes it anew.
 */
test('the JSON Schema is that of the program', async () => {
  const { $schema, properties = {}, ...rest } = toJsonSchema(configSchema, { errorMode: 'ignore', typeMode: 'input' });
  const meanings = new Map(
    readReadme()
      .table('Configuration')
      .map(([key = '', meaning = '']) => [key.replaceAll('`', ''), plainText(meaning)]),
  );
  const described = Object.entries(properties).map(([key, value]) => {
    const description = [...meanings].find(([keys]) => keys.split(', ').includes(key))?.[1];
    return [key, typeof value === 'object' && description !== undefined ? { description, ...value } : value];
  });
  const schema = {
    $schema,
    title: 'Configuration of cdnpub',
    ...rest,
    properties: Object.fromEntries(described),
  };
  await expect(`${JSON.stringify(schema, undefined, 2)}\n`).toMatchFileSnapshot('../../templates/config.schema.json');
});

const plainText = (markdown: string): string => markdown.replaceAll('`', '');
