import { Button } from '@mantine/core';
import { Component, type ErrorInfo, type ReactNode } from 'react';
import { reasonOf, Refusal, Unreachable } from './http';
import { t } from './i18n';
import { isMissingPart } from './patiently';
import { usePhone } from './usePhone';
import classes from './Trouble.module.css';

interface Props {
  error: unknown;
  retry?: () => void;
  /** What could not be shown: "this conversation". */
  what: string;
  /** There is nothing else on the page. */
  alone?: boolean;
}

/** What happened, what was kept, what to do. */
export function Trouble({ error, retry, what, alone = false }: Props) {
  // On a phone this is the whole page.
  const phone = usePhone();
  const Title = phone || alone ? 'h1' : 'h2';
  const away = error instanceof Unreachable;
  const outdated = isMissingPart(error);
  const gone = error instanceof Refusal && error.status === 404;
  return (
    <div className={classes.trouble} role="alert">
      <Title className={classes.title}>{gone ? t('We could not find {what}', { what }) : t('We could not load {what}', { what })}</Title>
      <p className={classes.text}>
        {gone
          ? t('It may have been removed, or the link is not quite right.')
          : outdated
            ? t('The desk was updated, or the line is down. What you typed is kept; load the page again.')
            : reasonOf(error)}
        {away && ` ${t('Nothing is lost: what you typed is kept on this computer. We keep trying.')}`}
      </p>
      {gone && (phone || alone) && <a href="/">{t('Back to the inbox')}</a>}
      {retry && !gone && (
        <Button variant="default" onClick={outdated ? () => location.reload() : retry}>
          {outdated ? t('Load again') : t('Try again')}
        </Button>
      )}
    </div>
  );
}

interface BoundaryState {
  error: unknown;
}

/** The last net: a fault in one pane must not take the others down. */
export class Boundary extends Component<{ what: string; resetKey?: unknown; children: ReactNode }, BoundaryState> {
  override state: BoundaryState = { error: null };

  static getDerivedStateFromError(error: unknown): BoundaryState {
    return { error };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    console.error(error, info.componentStack);
  }

  override componentDidUpdate(previous: { resetKey?: unknown }): void {
    if (this.state.error !== null && previous.resetKey !== this.props.resetKey) this.setState({ error: null });
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return <Trouble error={this.state.error} what={this.props.what} retry={() => this.setState({ error: null })} />;
  }
}
