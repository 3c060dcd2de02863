import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useSession } from '../staff/session';
import { careForChanges } from './changes';
import { saveLeftOvers } from './composer/draftSync';
import { careForMessages } from './composer/sending';

/** Has what this agent left waiting here sent and saved, and cares for how it ends. */
export default function WhatWaits() {
  const navigate = useNavigate();
  const { agent } = useSession();
  useEffect(() => {
    careForChanges();
    careForMessages(agent.id, (id) => void navigate({ to: '/inbox/$view/$conversationId', params: { view: 'all', conversationId: String(id) } }));
    return saveLeftOvers(agent.id);
  }, [agent.id, navigate]);
  return null;
}
