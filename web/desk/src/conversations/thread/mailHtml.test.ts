import { describe, expect, it } from 'vitest';
import { worthOf } from './mailHtml';

describe('what a mail’s HTML adds', () => {
  it('isNothingWhenItOnlyWrapsTheText', () => {
    const html = '<html><body><div style="font-family:Arial;color:#222">Hello there,<br>where is my&nbsp;parcel?</div></body></html>';
    expect(worthOf(html, 'Hello there,\nwhere is my parcel?')).toBe('text');
  });

  it('isNothingWhenLinksShowTheirOwnAddress', () => {
    expect(worthOf('<p>See <a href="https://shop.example/a">https://shop.example/a</a></p>', 'See https://shop.example/a')).toBe('text');
  });

  it('isFormattingWhenALinkHidesItsAddress', () => {
    expect(worthOf('<p><a href="https://shop.example/a">my order</a></p>', 'my order')).toBe('rich');
  });

  it('isFormattingForBoldAndLists', () => {
    expect(worthOf('<p><b>Two</b> things</p><ul><li>one</li></ul>', 'Two things\n- one')).toBe('rich');
  });

  it('isLayoutForTablesAndPictures', () => {
    expect(worthOf('<table><tr><td>Total</td></tr></table>', 'Total')).toBe('full');
    expect(worthOf('<p>Look <img src="/api/v1/attachments/1"></p>', 'Look')).toBe('full');
    expect(worthOf('<div style="background:#204060">Sale</div>', 'Sale')).toBe('full');
  });

  it('isKeptWhenTheTextSaysSomethingElse', () => {
    expect(worthOf('<p>The real words</p>', 'Your mail program cannot show this mail.')).toBe('rich');
  });

  it('isNothingWithoutHtml', () => {
    expect(worthOf(null, 'Hi')).toBe('text');
  });
});
