import { onContentUpdated, type Theme } from 'vitepress';
import DefaultTheme from 'vitepress/theme-without-fonts';
import { h, onMounted } from 'vue';
import { installBehaviours, prepareTabs } from './behaviours.ts';
import NotFound from './NotFound.vue';
import OperationIndex from './OperationIndex.vue';
import Search from './Search.vue';
import './fonts.css';
import './base.css';
import './reference.css';
import './start.css';
import './search.css';

export default {
  extends: DefaultTheme,
  Layout: () =>
    h(DefaultTheme.Layout, null, { 'not-found': () => h(NotFound), 'nav-bar-content-before': () => h(Search) }),
  enhanceApp({ app }) {
    app.component('OperationIndex', OperationIndex);
  },
  setup() {
    onMounted(installBehaviours);
    onContentUpdated(prepareTabs);
  },
} satisfies Theme;
