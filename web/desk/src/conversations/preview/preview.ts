import type { Attachment, Message } from '../../api/types';
import { createStore } from '../../platform/store';

/** The attachment that is looked at. */
export const preview = createStore<number | null>(null);

export type Shown = 'image' | 'pdf' | 'text' | 'csv' | 'json' | 'audio' | 'video' | 'none';

export type ListedFile = Attachment & { messageId: number };

const IMAGE = /^image\/(png|jpe?g|gif|webp|avif|bmp)$/;
const MEDIA = /^(audio\/(mpeg|mp4|ogg|wav|webm|aac|flac)|video\/(mp4|webm|ogg|quicktime))$/;
const TEXT = /\.(txt|log|md|ini|conf|ya?ml|sql|ics|vcf|eml|html?|xml|svg|css|js|ts|java|py|sh)$/i;

/** How the desk shows a file. What could run is shown as the text that it is, or not at all. */
export function shownAs({ contentType, name }: Pick<Attachment, 'contentType' | 'name'>): Shown {
  const type = contentType.toLowerCase();
  if (IMAGE.test(type)) return 'image';
  if (MEDIA.test(type)) return type.startsWith('audio/') ? 'audio' : 'video';
  if (type === 'application/pdf' || /\.pdf$/i.test(name)) return 'pdf';
  if (/^text\/(csv|tab-separated-values)$/.test(type) || /\.(csv|tsv)$/i.test(name)) return 'csv';
  if (/[/+]json$/.test(type) || /\.json$/i.test(name)) return 'json';
  if (type.startsWith('text/') || /[/+]xml$/.test(type) || type === 'message/rfc822' || TEXT.test(name)) return 'text';
  return 'none';
}

/** What stands below the messages, in their order: a picture within a text is part of the text. */
export function listedFiles(messages: Message[]): ListedFile[] {
  return messages.flatMap((message) =>
    message.attachments.filter((file) => !file.inline || !message.html).map((file) => ({ ...file, messageId: message.id })),
  );
}

export function downloadUrl(file: Pick<Attachment, 'url'>): string {
  return `${file.url}?download=true`;
}
