// A Hocuspocus server that lets in whoever has the token `write` or `read`.

import { Server } from '@hocuspocus/server';

const server = new Server({
  address: process.env.HOST,
  port: Number(process.env.PORT),
  quiet: true,
  async onAuthenticate({ token, connectionConfig }) {
    if (token !== 'write' && token !== 'read') throw { reason: 'no such token' };
    connectionConfig.readOnly = token === 'read';
  },
});
await server.listen();
console.log('ready');
