import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { openOutgoing } from '../platform/outgoing/outgoing';
import { useSession } from '../staff/session';
import { careForChanges } from './changes';
import { careForMessages } from './composer/sending';

/** Sends what this agent left waiting here, and cares for how it ends. */
export function WhatWaits() {
  const navigate = useNavigate();
  const { agent } = useSession();
  useEffect(() => {
    careForChanges();
    careForMessages(agent.id, (id) => void navigate({ to: '/inbox/$view/$conversationId', params: { view: 'all', conversationId: String(id) } }));
    return openOutgoing(agent.id);
  }, [agent.id, navigate]);
  return null;
}
