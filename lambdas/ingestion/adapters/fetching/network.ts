/** How a page is reached; a test hands in its own. */
import { lookup } from 'node:dns/promises';
import { connect as connectPlain } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';

/** Where a connection goes: an address that was checked, and the name that a certificate must bear. */
export interface Destination {
  readonly address: string;
  readonly port: number;
  readonly host: string;
  readonly isTls: boolean;
}

/** The port to the network. */
export interface Network {
  /** All addresses of a name. Throws when it has none, or the resolver fails. */
  resolve(host: string): Promise<readonly string[]>;
  /** A connection to this very address; nothing is looked up again. */
  connect(destination: Destination): Duplex;
}

/** The network of the machine. */
export const machineNetwork: Network = {
  async resolve(host) {
    const found = await lookup(host, { all: true, verbatim: true });
    return found.map(({ address }) => address);
  },
  connect({ address, port, host, isTls }) {
    if (!isTls) return connectPlain({ host: address, port });
    return connectTls({ host: address, port, servername: host, ALPNProtocols: ['http/1.1'] });
  },
};
