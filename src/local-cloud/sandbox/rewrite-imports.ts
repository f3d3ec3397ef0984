/** A function's text as a classic script, or why it cannot be one. */
export type RewrittenCode =
  | { readonly kind: 'script'; readonly text: string }
  | { readonly kind: 'refused'; readonly message: string };

/**
 * Turns the `import name from 'module'` statements at the head of a function into calls of the sandbox's own loader:
 * CloudFront takes them ("include the statement in the first lines of the function code"), a classic script does not.
 * Lines keep their numbers. A dynamic import is refused: CloudFront has none, and its rejection would hand an object
 * of the host to the function.
 */
export function rewriteImports(code: string, loader: string): RewrittenCode {
  if (dynamicImport.test(code)) return { kind: 'refused', message: 'SyntaxError: dynamic import is not supported' };
  let head = '';
  let rest = code;
  for (;;) {
    const [gap = ''] = headGap.exec(rest) ?? [];
    head += gap;
    rest = rest.slice(gap.length);
    const found = importStatement.exec(rest);
    if (found === null) return { kind: 'script', text: head + rest };
    const [statement, name = '', , module = ''] = found;
    const lineBreaks = statement.replace(/[^\n]/g, '');
    head += `const ${name}=${loader}(${JSON.stringify(module)});${lineBreaks}`;
    rest = rest.slice(statement.length);
  }
}

const blank = String.raw`(?:\s|\/\*[\s\S]*?\*\/|\/\/[^\n]*(?:\n|$))`;
/** White space, comments, stray semicolons and a directive before the next statement. */
const headGap = new RegExp(String.raw`^(?:${blank}|;|(['"])use strict\1)*`);
const importStatement = /^import\s+([A-Za-z_$][\w$]*)\s+from\s*(['"])([^'"\n]*)\2\s*;?/;
/** Between `import` and `(` a script may hold white space and every kind of comment, the HTML-like ones too. */
const dynamicImport = /\bimport(?:\s|\/\*[\s\S]*?\*\/|\/\/[^\n]*|<!--[^\n]*|-->[^\n]*)*\(/;
