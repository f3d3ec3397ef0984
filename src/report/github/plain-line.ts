/**
 * A line that a GitHub runner prints and does not obey: it takes `::name::` at the start of a line and `##[name]`
 * anywhere in one for commands (actions/runner, src/Runner.Common/ActionCommand.cs).
 */
export const plainLine = (line: string): string =>
  line
    .split(/\r\n|\r|\n/)
    .map((each) => each.replaceAll('##[', '# #[').replace(/^(\s*):(?=:)/, '$1: '))
    .join(' ');
