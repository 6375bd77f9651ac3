import { loadMock } from './load.ts';

/** The part of the service worker's event that is needed here. */
interface FetchEvent extends Event {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}

const mock = loadMock();

// Requests to paths of the service get the response of the mock, and all others go on to the network.
addEventListener('fetch', (event) => {
  const fetched = event as FetchEvent;
  if (new URL(fetched.request.url).pathname.startsWith('/api/')) {
    fetched.respondWith(mock.then(({ fetch }) => fetch(fetched.request)));
  }
});
