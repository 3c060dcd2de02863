import { describe, expect, it } from 'vitest';
import { completed, isUnfinished, partsOf, soughtIn, spansOfWords } from './query';

describe('partsOf', () => {
  it('tellsOperatorsPhrasesAndWordsApart', () => {
    const text = 'tea -"green leaf" From:Anna -tag:"very big" 10:30 "open';
    expect(partsOf(text).map(({ negated, operator, value, closed }) => [negated, operator, value, closed])).toEqual([
      [false, null, 'tea', true],
      [true, null, 'green leaf', true],
      [false, 'from', 'Anna', true],
      [true, 'tag', 'very big', true],
      [false, null, '10:30', true],
      [false, null, 'open', false],
    ]);
    for (const part of partsOf(text)) expect(text.slice(part.start, part.end)).toContain(part.value);
  });

  it('takesEveryText', () => {
    for (const text of ['', ' ', '-', '"', '--', ':', 'is:', '-is:"', 'a"b"c', '\u0000', '🫖:x', '-""']) {
      const parts = partsOf(text);
      expect(parts.every((part) => part.end > part.start && part.end <= text.length)).toBe(true);
    }
  });
});

describe('completed', () => {
  it('putsASuggestionInThePlaceOfTheLastPart', () => {
    expect(completed('tea fr', { kind: 'operator', text: 'from:' })).toBe('tea from:');
    expect(completed('tea -is:o', { kind: 'value', text: '-is:open' })).toBe('tea -is:open ');
    expect(completed('tea ', { kind: 'operator', text: 'is:' })).toBe('tea is:');
    expect(completed('te', { kind: 'recent', text: 'tea is:open' })).toBe('tea is:open');
  });

  it('waitsForTheValueOfAnOperator', () => {
    expect(isUnfinished('tea is:o')).toBe(true);
    expect(isUnfinished('tag:"big o')).toBe(true);
    expect(isUnfinished('tag:"big order"')).toBe(false);
    expect(isUnfinished('is:open ')).toBe(false);
    expect(isUnfinished('tea')).toBe(false);
  });
});

describe('spansOfWords', () => {
  it('marksWordsWhateverTheirCaseAndAccents', () => {
    expect(spansOfWords('Die Größe der Teekanne', soughtIn('grosse tee'))).toEqual([
      [4, 9],
      [14, 22],
    ]);
  });

  it('marksNothingOfWhatIsNotSoughtInTheText', () => {
    expect(soughtIn('from:anna is:open -cup tag:x')).toEqual([]);
    expect(spansOfWords('anything', [])).toEqual([]);
  });
});
