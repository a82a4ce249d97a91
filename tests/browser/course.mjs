// A small course of the tests' own, with a question of every kind and a breath of every shape, built by the real program.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const ROOT = new URL('../../', import.meta.url).pathname;
/** The program: the newest that cargo has built, unless one is named (COPEBOOK; COPEBOOK_THEME names a theme). */
export const PROGRAM = process.env.COPEBOOK ?? ['release', 'debug'].map(kind => join(ROOT, 'target', kind, 'copebook'))
  .filter(existsSync).sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];

const EVERY_QUESTION = `- line: Where were you?
- lines: What was going on?
  height: 3
- line: Where were you?
- scale: How upset were you?
  from: 0
  to: 10
  low: calm
  high: as bad as it gets
- check: What did you use?
  options: [Sight, Touch, Smell]
  other: true
- choose: Did it help?
  options: [Not yet, A little]
  other: true
- yes_no: Will you use it again?
  if_yes: When?
  if_no: What instead?
- plan: My plan
  slots: [First sign, What I do]
- table: Each time
  columns: [Where, Before 0-10]
  rows: 3
- table: Each weekday
  columns: [Day, Where]
  rows: [Monday, Tuesday]
- grid: How well do you know these?
  items: [Saying no, Asking]
  options: [Poor, Good]
- list: Things that calm me
  count: 2
- blanks: First I notice ____, then I ____.
`;

const files = ({ questions, language }) => ({
  'curriculum.yml': `title: Small Steps
summary: A course for tests.
language: ${language}
for: Testers
group: { kind: closed, size: 6 to 10, facilitators: 1 }
session_minutes: 60
modules: [modules/skills]
confidentiality: Private, unless someone is in danger.
crisis:
  - { name: Test line, call: "246 8024", web: "https://example.org", checked: 2026-11-01 }
distress_protocol: Stay with the person.
`,
  'modules/skills/module.yml': 'title: Skills\nhandouts: [sheet, second, breath]\n',
  'modules/skills/sheet.md': `---\ntitle: A secret title\n---\nWrite it down.\n\n::: worksheet Looking back\n${questions}:::\n`,
  'modules/skills/second.md': '---\ntitle: Another sheet\n---\nWrite it down.\n\n::: worksheet\n- line: What else?\n:::\n',
  'modules/skills/breath.md': '---\ntitle: Three breaths\n---\nTake one.\n\n::: breathe 4-6\n:::\n\n::: breathe 4-2-6 With a rest at the top\n:::\n\n::: breathe 4-4-4-4\n:::\n',
  'sessions/01-start.yml': `title: Start
goals: [ Members can try it. ]
members:
  summary: We begin.
  goals: [ You can try it. ]
  handouts: [skills/sheet, skills/second, skills/breath]
  practice: Try it once a day.
agenda:
  - { title: All of it, kind: practise, minutes: 60, handout: [skills/sheet, skills/second, skills/breath], steps: [ { say: Welcome. } ] }
`,
});

/** Writes the files of the course into a folder; `more` are files beside its own. */
export function lay(folder, { more = {}, ...changes } = {}) {
  for (const [path, text] of Object.entries({ ...files({ questions: EVERY_QUESTION, language: 'en', ...changes }), ...more })) {
    const at = join(folder, path);
    mkdirSync(dirname(at), { recursive: true });
    writeFileSync(at, text);
  }
}

/** Writes and builds the course, or one that differs, as when its author has changed it. */
export function course(changes = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'copebook-course-')), site = join(folder, 'site');
  lay(join(folder, 'course'), changes);
  const theme = process.env.COPEBOOK_THEME ? ['--theme', process.env.COPEBOOK_THEME] : [];
  execFileSync(PROGRAM, ['build', join(folder, 'course'), '--out', site, ...theme], { stdio: ['ignore', 'ignore', 'pipe'] });
  return { site, source: join(folder, 'course'), remove: () => rmSync(folder, { recursive: true }) };
}
