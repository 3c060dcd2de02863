const GONE = [
  'script',
  'style',
  'meta',
  'link',
  'title',
  'xml',
  'object',
  'embed',
  'iframe',
  'form > input',
  'button',
  'select',
  'svg',
  '[style*="mso-list:Ignore" i]',
  '[style*="display:none" i]',
].join();
const HEADING = /^H[1-6]$/;

/**
 * Pasted markup as it is meant: the structure that the editor has (paragraphs, lists, quotes, code, links, bold, italic,
 * struck out), without any look of its own. Knows the lists of Word, which are paragraphs, and the bold of Google Docs,
 * which is a style.
 */
export function cleanPasted(html: string): string {
  const page = new DOMParser().parseFromString(html.replace(/<\/?[ovw]:[^>]*>/gi, ''), 'text/html');
  listsOfWord(page);
  for (const element of page.querySelectorAll(GONE)) element.remove();
  for (const element of [...page.body.querySelectorAll<HTMLElement>('*')]) meant(element);
  for (const row of page.querySelectorAll('tr')) lineOf(row);
  for (const paragraph of page.querySelectorAll('p')) {
    if (!paragraph.querySelector('img, br') && !words(paragraph)) paragraph.remove();
  }
  for (const element of page.body.querySelectorAll('*')) {
    for (const { name } of [...element.attributes]) if (!KEPT.has(name)) element.removeAttribute(name);
  }
  return page.body.innerHTML.trim();
}

const KEPT = new Set(['href', 'src', 'alt', 'width', 'start', 'data-mention']);

function words(element: Element): string {
  return (element.textContent ?? '').replace(/\u00a0/g, ' ').trim();
}

/** Turns what is only a style into the element that says it, and elements without meaning here into ones with. */
function meant(element: HTMLElement): void {
  const { style } = element;
  const tag = element.tagName;
  const plainBold = (tag === 'B' || tag === 'STRONG') && /^(normal|[1-4]00)$/.test(style.fontWeight);
  if (plainBold || tag === 'FONT' || tag === 'INS') {
    element.replaceWith(...element.childNodes);
    return;
  }
  if (HEADING.test(tag)) {
    const line = element.ownerDocument.createElement('p');
    const strong = element.ownerDocument.createElement('strong');
    strong.append(...element.childNodes);
    line.append(strong);
    element.replaceWith(line);
    return;
  }
  if (tag !== 'SPAN') return;
  const says: string[] = [];
  if (/^(bold|bolder|[6-9]00)$/.test(style.fontWeight)) says.push('strong');
  if (style.fontStyle === 'italic') says.push('em');
  if (style.textDecoration.includes('line-through') || style.textDecorationLine.includes('line-through')) says.push('s');
  for (const name of says) {
    const mark = element.ownerDocument.createElement(name);
    mark.append(...element.childNodes);
    element.append(mark);
  }
}

/** The editor has no tables: a row is a line, its cells stand beside each other. */
function lineOf(row: Element): void {
  const line = row.ownerDocument.createElement('p');
  const cells = [...row.children].filter((cell) => words(cell));
  if (cells.length < 2) return;
  cells.forEach((cell, index) => {
    if (index > 0) line.append(' | ');
    const blocks = cell.querySelectorAll('p, div');
    if (blocks.length > 1) line.append(words(cell));
    else line.append(...(blocks[0] ?? cell).childNodes);
  });
  row.replaceWith(line);
}

const LEVEL = /mso-list:\s*l\d+\s+level(\d)/i;
const NUMBERED = /^\s*\(?(\d+|[a-z]|[ivx]+)[.)]/i;

function listsOfWord(page: Document): void {
  const levelOf = (element: Element | null) => Number(LEVEL.exec(element?.getAttribute('style') ?? '')?.[1] ?? 0);
  for (const first of [...page.querySelectorAll('p')]) {
    if (!first.isConnected || levelOf(first) === 0 || levelOf(first.previousElementSibling) > 0) continue;
    /** The list of each level that is open, and its last line. */
    const open: { list: Element; line: Element | null }[] = [];
    let root: Element | null = null;
    let each: Element | null = first;
    while (each && levelOf(each) > 0) {
      const level: number = levelOf(each);
      const following: Element | null = each.nextElementSibling;
      const marker = each.querySelector('[style*="mso-list:Ignore" i]')?.textContent ?? '';
      open.length = Math.min(open.length, level);
      while (open.length < level) {
        const list: Element = page.createElement(NUMBERED.test(marker) ? 'ol' : 'ul');
        const above = open[open.length - 1];
        if (above) (above.line ?? above.list).append(list);
        else root = list;
        open.push({ list, line: null });
      }
      if (root && !root.isConnected) each.before(root);
      const here = open[level - 1];
      const line = page.createElement('li');
      line.append(...each.childNodes);
      if (here) {
        here.list.append(line);
        here.line = line;
      }
      each.remove();
      each = following;
    }
  }
}

/** A single address, as one copies it from the address bar. */
export function pastedAddress(text: string): string | null {
  const trimmed = text.trim();
  return /^(https?:\/\/|mailto:|tel:)[^\s<>"]+$/i.test(trimmed) ? trimmed : null;
}

/** What an agent types for a link, as a whole address; null where it is none. */
export function wholeAddress(typed: string): string | null {
  const text = typed.trim();
  if (/^(https?:\/\/|mailto:|tel:)\S+$/i.test(text)) return text;
  if (/^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/.test(text)) return `mailto:${text}`;
  if (/^[^\s/]+\.[^\s]+$/.test(text)) return `https://${text}`;
  return null;
}
