import type { Editor } from '@tiptap/react';
import { type ReactNode, type RefObject, useEffect, useId, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import type { Agent } from '../../api/types';
import { t } from '../../platform/i18n';
import { AgentFace } from '../../staff/AgentFace';
import { useAgents } from '../../staff/session';
import { type Emoji, findEmoji, nameOf, recentEmoji, rememberEmoji } from './emojiSearch';
import type { Typed } from './typeahead';
import classes from './Writing.module.css';

/** The keys of the list while the caret stays in the words. */
export interface TypeaheadKeys {
  /** True when the list took the key. */
  take: (event: KeyboardEvent) => boolean;
}

interface Props {
  editor: Editor;
  typed: Typed;
  onClose: () => void;
  keys: RefObject<TypeaheadKeys | null>;
}

interface Choice {
  id: string;
  sign: ReactNode;
  label: string;
  hint?: string;
  insert: () => void;
}

export function TypeaheadList(props: Props) {
  return props.typed.trigger === '@' ? <People {...props} /> : <EmojiNames {...props} />;
}

/** Every word typed begins one of their names. */
export function findAgents(agents: Agent[], query: string, most = 8): Agent[] {
  const parts = query.toLowerCase().split(/\s+/).filter(Boolean);
  return agents
    .filter((agent) => agent.active)
    .filter((agent) => {
      const words = `${agent.name} ${agent.email}`.toLowerCase().split(/[\s.@-]+/);
      return parts.every((part) => words.some((word) => word.startsWith(part)));
    })
    .slice(0, most);
}

function People({ editor, typed, ...rest }: Props) {
  const found = findAgents(useAgents(), typed.query);
  const choices = found.map<Choice>((agent) => ({
    id: String(agent.id),
    sign: <AgentFace agent={agent} size={24} />,
    label: agent.name,
    hint: agent.email,
    insert: () =>
      editor
        .chain()
        .focus()
        .insertContentAt({ from: typed.from, to: typed.to }, [
          { type: 'mention', attrs: { id: agent.id, name: agent.name } },
          { type: 'text', text: ' ' },
        ])
        .run(),
  }));
  return <List {...rest} editor={editor} typed={typed} label={t('Colleagues')} choices={choices} />;
}

function EmojiNames({ editor, typed, ...rest }: Props) {
  const [found, setFound] = useState<Emoji[]>([]);
  useEffect(() => {
    let there = true;
    void import('./emoji').then(({ EMOJI }) => {
      if (there) setFound(findEmoji(EMOJI, typed.query, recentEmoji()));
    });
    return () => {
      there = false;
    };
  }, [typed.query]);
  const choices = found.map<Choice>((emoji) => ({
    id: emoji.sign,
    sign: <span className={classes.emoji}>{emoji.sign}</span>,
    label: nameOf(emoji),
    insert: () => {
      rememberEmoji(emoji.sign);
      editor.chain().focus().insertContentAt({ from: typed.from, to: typed.to }, `${emoji.sign} `).run();
    },
  }));
  return <List {...rest} editor={editor} typed={typed} label={t('Emoji')} choices={choices} />;
}

interface ListProps extends Props {
  label: string;
  choices: Choice[];
}

function List({ editor, typed, onClose, keys, label, choices }: ListProps) {
  const id = useId();
  const [picked, setPicked] = useState(0);
  const [query, setQuery] = useState(typed.query);
  const list = useRef<HTMLDivElement>(null);
  if (query !== typed.query) {
    setQuery(typed.query);
    setPicked(0);
  }
  const current = Math.min(picked, Math.max(0, choices.length - 1));
  const choose = (choice: Choice | undefined) => {
    choice?.insert();
    onClose();
  };

  useImperativeHandle(keys, () => ({
    take: (event) => {
      if (choices.length === 0 || event.isComposing || event.metaKey || event.ctrlKey || event.altKey) return false;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) setPicked((current + step + choices.length) % choices.length);
      else if ((event.key === 'Enter' && !event.shiftKey) || event.key === 'Tab') choose(choices[current]);
      else if (event.key === 'Escape') onClose();
      else return false;
      event.preventDefault();
      event.stopPropagation();
      return true;
    },
  }));

  // The caret stays in the words: it is they that say which one is meant.
  const active = choices[current] ? `${id}-${current}` : null;
  useEffect(() => {
    const dom = editor.view.dom;
    dom.setAttribute('aria-autocomplete', 'list');
    dom.setAttribute('aria-haspopup', 'listbox');
    if (active) {
      dom.setAttribute('aria-controls', id);
      dom.setAttribute('aria-activedescendant', active);
    }
    return () => {
      for (const name of ['aria-autocomplete', 'aria-haspopup', 'aria-controls', 'aria-activedescendant']) dom.removeAttribute(name);
    };
  }, [editor, id, active]);

  useLayoutEffect(() => {
    const box = list.current;
    if (!box) return;
    const at = editor.view.coordsAtPos(typed.from);
    const above = at.top > innerHeight / 2;
    box.style.left = `${Math.max(8, Math.min(at.left, innerWidth - box.offsetWidth - 8))}px`;
    box.style.top = above ? '' : `${at.bottom + 4}px`;
    box.style.bottom = above ? `${innerHeight - at.top + 4}px` : '';
    box.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  });

  if (choices.length === 0) return null;
  return createPortal(
    <div ref={list} id={id} role="listbox" tabIndex={0} aria-label={label} className={classes.typeahead}>
      {choices.map((choice, index) => (
        <div
          key={choice.id}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === current}
          className={classes.choice}
          onMouseDown={(event) => event.preventDefault()}
          onMouseMove={() => setPicked(index)}
          onClick={() => choose(choice)}
        >
          {choice.sign}
          <span className="truncate" dir="auto">
            {choice.label}
          </span>
          {choice.hint && <span className={`truncate ${classes.choiceHint}`}>{choice.hint}</span>}
        </div>
      ))}
    </div>,
    // Within the region that it belongs to; it is placed by the caret all the same.
    editor.view.dom.closest('section, [role="dialog"]') ?? document.body,
  );
}
