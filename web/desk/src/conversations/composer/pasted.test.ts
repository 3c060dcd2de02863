// @vitest-environment happy-dom
import { describe, expect, test } from 'vitest';
import { cleanPasted, pastedAddress, wholeAddress } from './pasted';

describe('pasted markup', () => {
  test('from Google Docs keeps what is bold and loses the wrapping that only looks so', () => {
    const html =
      '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr" style="line-height:1.38"><span style="font-size:11pt;color:#f00;font-weight:400">Dear </span><span style="font-weight:700">Anna</span><span style="font-style:italic">!</span></p></b>';
    const clean = cleanPasted(html);
    expect(clean).toContain('<strong>Anna</strong>');
    expect(clean).toContain('<em>!</em>');
    expect(clean).not.toContain('<b>');
    expect(clean).not.toMatch(/style|color|docs-internal/);
  });

  test('from Word makes lists of its paragraphs, one within the other', () => {
    const item = (level: number, marker: string, text: string) =>
      `<p class="MsoListParagraph" style="margin-left:.5in;mso-list:l0 level${level} lfo1"><span style="mso-list:Ignore">${marker}<span>&nbsp;</span></span>${text}<o:p></o:p></p>`;
    const clean = cleanPasted(
      `<html xmlns:o="x"><head><style>p{color:red}</style></head><body><p class="MsoNormal">Steps<o:p></o:p></p>${item(1, '1.', 'Open')}${item(2, '·', 'gently')}${item(1, '2.', 'Close')}<p class="MsoNormal"><o:p>&nbsp;</o:p></p></body></html>`,
    );
    expect(clean).toBe('<p>Steps</p><ol><li>Open<ul><li>gently</li></ul></li><li>Close</li></ol>');
  });

  test('from a web page loses scripts, looks and handlers, and keeps its links', () => {
    const clean = cleanPasted(
      '<div class="x" onclick="go()"><h2 style="color:red">Returns</h2><p>Read <a href="https://a.example/x" target="_blank" class="b">this</a></p><script>alert(1)</script><style>p{}</style></div>',
    );
    expect(clean).toBe('<div><p><strong>Returns</strong></p><p>Read <a href="https://a.example/x">this</a></p></div>');
  });

  test('of a table has a line for each row', () => {
    const clean = cleanPasted('<table><tbody><tr><td>Size</td><td><p>M</p></td></tr><tr><td>Colour</td><td>Green</td></tr></tbody></table>');
    expect(clean).toContain('<p>Size | M</p>');
    expect(clean).toContain('<p>Colour | Green</p>');
  });
});

describe('addresses', () => {
  test('a pasted address is one and nothing else', () => {
    expect(pastedAddress(' https://shop.example/a?b=c#d ')).toBe('https://shop.example/a?b=c#d');
    expect(pastedAddress('see https://shop.example')).toBeNull();
    expect(pastedAddress('javascript:alert(1)')).toBeNull();
  });

  test('what is typed becomes a whole address, or none', () => {
    expect(wholeAddress('shop.example/a')).toBe('https://shop.example/a');
    expect(wholeAddress('anna@shop.example')).toBe('mailto:anna@shop.example');
    expect(wholeAddress('tel:+49123')).toBe('tel:+49123');
    expect(wholeAddress('javascript:alert(1)')).toBeNull();
    expect(wholeAddress('hello')).toBeNull();
  });
});
