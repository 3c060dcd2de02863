export const RELAY_SETTING = 'SHOPBELL_RELAY_URL=smtp://user:password@host:587';
