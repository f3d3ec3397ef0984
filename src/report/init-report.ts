import { row } from './format.ts';

/** What `init` found and wrote. */
export interface InitReport {
  /** Name of the generator; undefined where nothing tells one. */
  readonly framework: string | undefined;
  readonly isBuilt: boolean;
  /** What has to be done in the project so that a static site comes out. */
  readonly otherwise: string | undefined;
  /** The command that builds. */
  readonly build: string;
  /** Other folders that might have been meant. */
  readonly others: readonly string[];
  readonly notes: readonly ReportedNote[];
  readonly written: readonly string[];
  /** The bucket or distribution that is to be taken over, if any. */
  readonly adopts: boolean;
}

/** A setting of another host's config. */
export interface ReportedNote {
  readonly file: string;
  readonly line: number;
  readonly what: string;
  readonly kind: 'carried' | 'left';
  readonly how: string;
}

/** What `init` did, what of other configs came along, and what to type next. */
export function renderInit(report: InitReport): readonly string[] {
  const { framework, isBuilt, otherwise, build, others, notes, written, adopts } = report;
  const deploy = adopts ? 'cdnpub deploy --adopt --dry-run' : 'cdnpub deploy --dry-run';
  const why = adopts ? 'shows what would change in what stands already' : 'shows what a deploy would do';
  return [
    ...(framework === undefined ? [] : [row('Generator', framework)]),
    ...others.map((dir) => row('Or', `cdnpub init --dir ${dir}`)),
    ...(otherwise === undefined ? [] : [row('Needs', otherwise)]),
    ...notes
      .filter(({ kind }) => kind === 'carried')
      .map((note) => row('Carried over', `${placeOf(note)} → ${note.how}`)),
    ...notes.filter(({ kind }) => kind === 'left').map((note) => row('Left', `${placeOf(note)}: ${note.how}`)),
    ...written.map((path) => row('Wrote', path)),
    ...(written.length === 0 ? [row('Wrote', 'nothing: all is as it should be')] : []),
    ...(isBuilt ? [] : [row('First', build)]),
    row('Next', deploy, why),
  ];
}

const placeOf = ({ file, line, what }: ReportedNote): string => `${file}:${line} ${what}`;
