import { Fragment, type ReactNode } from 'react';

/** A sentence with elements inside it: each `{name}` of the words is the element of that name, wherever the language puts it. */
export function Words({ of, ...slots }: { of: string; [name: string]: ReactNode }) {
  return (
    <>
      {of.split(/\{(\w+)\}/).map((part, index) => (
        <Fragment key={index}>{index % 2 === 0 ? part : (slots[part] ?? `{${part}}`)}</Fragment>
      ))}
    </>
  );
}
