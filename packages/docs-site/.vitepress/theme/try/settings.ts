import { reactive, watch } from 'vue';

/** What is chosen once for all operations. The address is kept in the storage of the browser; credentials are not. */
export const settings = reactive({
  target: 'sandbox' as 'sandbox' | 'address',
  address: 'http://127.0.0.1:4010',
  /** The place of an agent in the list, `nobody` or `own`. */
  caller: '0',
  partner: '0',
});

const key = 'comm100-openapi:try';

try {
  const { target, address } = JSON.parse(localStorage.getItem(key) ?? '{}');
  if (typeof address === 'string')
    Object.assign(settings, { address, target: target === 'address' ? target : 'sandbox' });
} catch {
  // Where storage is blocked, the defaults hold.
}

watch(settings, ({ target, address }) => {
  try {
    localStorage.setItem(key, JSON.stringify({ target, address }));
  } catch {
    // Without storage the choice ends with the page.
  }
});
