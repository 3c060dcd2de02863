import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import type { Table } from './i18n';
import { LANGUAGES } from './i18n';

const ROOT = join(process.cwd(), 'src');

/** What is the same in every language, or is not for people: product names, protocols, samples. */
const NAMES = new Set(['Shopbell', 'DMARC', 'DKIM', 'SPF', 'MX', 'TLS', 'STARTTLS', 'Google', 'Microsoft', 'Microsoft Entra', 'UTC', 'R', 'Aa']);

/** Props and properties whose strings people read or hear. */
const READ = new Set(
  'label title aria-label placeholder description what empty documentTitle alt text done failed lead button word words hint of action'.split(' '),
);

/** Functions that say their argument to people. */
const SAY = new Set(['toast', 'toastProblem', 'announce', 'save', 'act', 'Error']);

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /\.tsx?$/.test(entry.name) && !/\.test\.|\.d\.ts$|words\.\w+\.ts$/.test(entry.name) ? [path] : [];
  });
}

interface Said {
  /** The words for one; null where there is but one form. */
  one: string | null;
  at: string;
}

const said = new Map<string, Said>();
const unsaid: string[] = [];

/** An address, a path, the name of a part: written as it is. */
const SAMPLE = /^\S*[@/{]\S*$/;

const readable = (text: string) => /\p{L}/u.test(text) && !NAMES.has(text.trim()) && !SAMPLE.test(text);

/** "Like this" or "like that", wherever it stands. */
const SENTENCE = /^[“(]?\p{Lu}?\p{Ll}+[,:;]? \p{L}|^\p{Lu}\p{Ll}+[.…:!?]$/u;

/** Like sentences, but names that only the code knows: groups of commands and settings, keys of queries and channels. */
const INNER = new Set(['Go to', 'The desk', 'trusted senders', 'shopbell outgoing', 'notification settings', 'push devices']);

/** Whether a string is one that t() takes already, or one for the browser alone. */
function isSaidOrHidden(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isCallExpression(parent)) return /^(t|plural|querySelector(All)?|matchMedia|useMedia)$/.test(nameOf(parent.expression));
  if (ts.isLiteralTypeNode(parent) || ts.isImportDeclaration(parent)) return true;
  for (let up: ts.Node = parent; up && !ts.isStatement(up); up = up.parent) {
    if (ts.isJsxAttribute(up)) return /^(className|style|rel|sandbox|size|sizes|media|allow)$/.test(up.name.getText());
    if (ts.isPropertyAssignment(up)) return /^(className|rel|padding|transition|border|font|grid.*)$/.test(up.name.getText());
  }
  return false;
}

function nameOf(called: ts.Expression): string {
  return ts.isPropertyAccessExpression(called) ? called.name.text : called.getText();
}

function isText(node: ts.Node): node is ts.StringLiteral | ts.NoSubstitutionTemplateLiteral | ts.TemplateExpression {
  return ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node) || ts.isTemplateExpression(node);
}

function textOf(node: ts.StringLiteral | ts.NoSubstitutionTemplateLiteral | ts.TemplateExpression): string {
  return ts.isTemplateExpression(node) ? node.head.text + node.templateSpans.map((span) => span.literal.text).join(' ') : node.text;
}

/** The strings that an expression may turn out to be. */
function outcomes(node: ts.Node): ts.Node[] {
  if (ts.isParenthesizedExpression(node)) return outcomes(node.expression);
  if (ts.isConditionalExpression(node)) return [...outcomes(node.whenTrue), ...outcomes(node.whenFalse)];
  if (ts.isBinaryExpression(node) && ['||', '??', '&&'].includes(node.operatorToken.getText())) {
    return [...(node.operatorToken.getText() === '&&' ? [] : outcomes(node.left)), ...outcomes(node.right)];
  }
  return [node];
}

function walk(path: string): void {
  const name = relative(ROOT, path);
  const file = ts.createSourceFile(name, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const at = (node: ts.Node) => `${name}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
  const check = (node: ts.Node | undefined) => {
    for (const each of node ? outcomes(node) : []) if (isText(each) && readable(textOf(each))) unsaid.push(`${at(each)} ${textOf(each)}`);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && (node.expression.text === 't' || node.expression.text === 'plural')) {
      const many = node.expression.text === 'plural';
      const [words, one] = many ? [node.arguments[2], node.arguments[1]] : [node.arguments[0], undefined];
      // The doors themselves take what others name.
      if (words && ts.isStringLiteralLike(words)) {
        said.set(words.text, { one: one && ts.isStringLiteralLike(one) ? one.text : null, at: at(node) });
      } else if (name !== 'platform/i18n.ts') unsaid.push(`${at(node)} not words but an expression`);
    } else if (ts.isJsxText(node)) {
      if (readable(node.text)) unsaid.push(`${at(node)} ${node.text.trim()}`);
    } else if (ts.isJsxExpression(node) && node.expression && !ts.isJsxAttribute(node.parent)) check(node.expression);
    else if (ts.isJsxAttribute(node) && READ.has(node.name.getText())) {
      check(node.initializer && ts.isJsxExpression(node.initializer) ? node.initializer.expression : node.initializer);
    } else if (ts.isPropertyAssignment(node) && READ.has(node.name.getText().replaceAll("'", ''))) check(node.initializer);
    else if ((ts.isCallExpression(node) || ts.isNewExpression(node)) && node.arguments) {
      if (SAY.has(nameOf(node.expression))) node.arguments.forEach(check);
    }
    else if (isText(node) && SENTENCE.test(textOf(node)) && !NAMES.has(textOf(node)) && !INNER.has(textOf(node)) && !isSaidOrHidden(node)) {
      unsaid.push(`${at(node)} ${textOf(node)}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
}

for (const path of sources(ROOT)) walk(path);

/** What the server finds of the installation is said by it in English, and by the desk in the agent's language: told(). */
function walkChecks(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) walkChecks(path);
    else if (/Checks?\.java$/.test(entry.name)) {
      const text = readFileSync(path, 'utf8');
      if (text.includes('Finding.')) for (const [, words] of text.matchAll(/"([A-Z{][^"\n]* [^"\n]*\.)"/g)) said.set(words ?? '', { one: null, at: entry.name });
    }
  }
}

walkChecks(join(ROOT, '../../../src/main/java'));

const slots = (words: string) => [...new Set(words.match(/\{\w+\}/g))].sort().join(' ');

describe('the words of the desk', () => {
  it('allGoThroughTheirDoor', () => {
    expect(unsaid).toEqual([]);
  });

  for (const [language, { locale, ...rest }] of Object.entries(LANGUAGES)) {
    if (!('words' in rest)) continue;
    const load = async (): Promise<Table> => (await rest.words()).default;

    it(`areAllThereIn ${language}`, async () => {
      const table = await load();
      expect([...said].filter(([words]) => !Object.hasOwn(table, words)).map(([words, { at }]) => `${at} ${words}`)).toEqual([]);
    });

    it(`areAllUsedIn ${language}`, async () => {
      expect(Object.keys(await load()).filter((words) => !said.has(words))).toEqual([]);
    });

    it(`nameTheSameValuesIn ${language}`, async () => {
      const table = await load();
      const wrong = Object.entries(table).flatMap(([words, own]) => {
        const forms = typeof own === 'string' ? { other: own } : own;
        // The words for one need not name the number.
        return Object.entries(forms)
          .filter(([form, each]) => slots(each) !== slots(words) && !(form !== 'other' && slots(each) === slots(words).replace(/\{n\} ?/, '').trim()))
          .map(([, each]) => each);
      });
      expect(wrong).toEqual([]);
    });

    it(`haveEveryNumberIn ${language}`, async () => {
      const table = await load();
      const wanted = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
      const wrong = [...said].flatMap(([words, { one }]) => {
        const own = table[words];
        if (own === undefined) return [];
        if (one === null) return typeof own === 'string' ? [] : [`${words}: has one form only`];
        return wanted.every((form) => typeof own === 'object' && own[form] !== undefined) ? [] : [`${words}: needs ${wanted.join(', ')}`];
      });
      expect(wrong).toEqual([]);
    });
  }
});
