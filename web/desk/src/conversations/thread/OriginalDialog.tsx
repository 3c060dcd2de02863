import { Button, Modal } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { CopyAction } from '../../platform/CopyText';
import { getBlob } from '../../platform/http';
import { t } from '../../platform/i18n';
import { fileSize } from '../../platform/instants';
import { Trouble } from '../../platform/Trouble';
import { original } from './original';
import classes from './OriginalDialog.module.css';

/** More of a mail than this is nothing to read, but a file within it. In bytes. */
const MOST = 256 * 1024;

interface Source {
  headers: { name: string; value: string }[];
  head: string;
  body: string;
  size: number;
}

/** Lines that begin with a space go on with the header before them. */
function headersOf(head: string): Source['headers'] {
  const headers: Source['headers'] = [];
  for (const line of head.split(/\r?\n/)) {
    const last = headers[headers.length - 1];
    if (/^[ \t]/.test(line) && last) last.value += ` ${line.trim()}`;
    else {
      const colon = line.indexOf(':');
      if (colon > 0) headers.push({ name: line.slice(0, colon), value: line.slice(colon + 1).trim() });
    }
  }
  return headers;
}

async function read(id: number, signal: AbortSignal): Promise<Source> {
  const blob = await getBlob(`/messages/${id}/original`, signal);
  const text = new TextDecoder('utf-8').decode(await blob.slice(0, MOST).arrayBuffer());
  const end = /\r?\n\r?\n/.exec(text);
  const head = end ? text.slice(0, end.index) : text;
  return { headers: headersOf(head), head, body: end ? text.slice(end.index + end[0].length) : '', size: blob.size };
}

/** A mail as it came, as plain text: nothing in it is read by the browser. */
export default function OriginalDialog({ id }: { id: number }) {
  const query = useQuery({ queryKey: ['original', id], queryFn: ({ signal }) => read(id, signal), gcTime: 0 });
  const { data } = query;
  return (
    <Modal
      opened
      onClose={() => original.set(null)}
      title={t('The original mail')}
      size={960}
      closeButtonProps={{ 'aria-label': t('Close') }}
    >
      {query.isError && <Trouble error={query.error} what={t('the original mail')} retry={() => void query.refetch()} />}
      {query.isPending && (
        <p className={classes.loading} role="status">
          {t('Loading…')}
        </p>
      )}
      {data && (
        <>
          <div className={classes.bar}>
            <Button
              component="a"
              href={`/api/v1/messages/${id}/original`}
              download
              variant="default"
              leftSection={<IconDownload size={16} />}
            >
              {t('Download as .eml ({size})', { size: fileSize(data.size) })}
            </Button>
            <CopyAction text={data.head} label={t('Copy the headers')} />
          </div>
          <h3 className={classes.title}>{t('Headers')}</h3>
          <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('Headers')}>
            <dl className={classes.headers}>
              {data.headers.map(({ name, value }, index) => (
                <div key={index} className={classes.header}>
                  <dt>{name}</dt>
                  <dd dir="auto">{value}</dd>
                </div>
              ))}
            </dl>
          </div>
          <h3 className={classes.title}>{t('Source')}</h3>
          <pre className={classes.source} tabIndex={0} role="region" aria-label={t('Source')}>
            {data.body}
          </pre>
          {data.size > MOST && <p className={classes.loading}>{t('This is its beginning. The download holds all of it.')}</p>}
        </>
      )}
    </Modal>
  );
}
