import { describe, expect, it } from 'vitest';
import { decoded, parseTable } from './csv';

describe('parseTable', () => {
  it('readsQuotedCellsWithSeparatorsLineEndsAndQuotes', () => {
    expect(parseTable('a,b\r\n"1,5","say ""hi""\nthere"\n', 10)).toEqual([
      ['a', 'b'],
      ['1,5', 'say "hi"\nthere'],
    ]);
  });

  it('findsOutWhatSeparates', () => {
    expect(parseTable('Name;Preis\nTasse;12,50', 10)[1]).toEqual(['Tasse', '12,50']);
    expect(parseTable('a\tb', 10)).toEqual([['a', 'b']]);
  });

  it('stopsWhereItIsTold', () => {
    expect(parseTable('a\n'.repeat(1000), 5)).toHaveLength(5);
    expect(parseTable('', 5)).toEqual([]);
  });
});

describe('decoded', () => {
  const bytes = (...of: number[]) => new Uint8Array(of).buffer;

  it('takesWhatIsNoUtf8ForWindows', () => {
    expect(decoded(bytes(0x47, 0x72, 0xfc, 0xdf, 0x65), true)).toBe('Grüße');
    expect(decoded(bytes(0xc3, 0xbc), true)).toBe('ü');
    expect(decoded(bytes(0xff, 0xfe, 0xfc, 0x00), true).replace('\ufeff', '')).toBe('ü');
  });

  it('doesNotMindToBeCutOff', () => {
    expect(decoded(bytes(0x61, 0xc3), false)).toBe('a');
  });
});
