import { onContentUpdated, type Theme } from 'vitepress';
import DefaultTheme from 'vitepress/theme-without-fonts';
import { h, onMounted } from 'vue';
import { installBehaviours, prepareTabs } from './behaviours.ts';
import MarkdownLink from './MarkdownLink.vue';
import NotFound from './NotFound.vue';
import OperationIndex from './OperationIndex.vue';
import './fonts.css';
import './base.css';
import './reference.css';
import './pictures.css';
import './start.css';

export default {
  extends: DefaultTheme,
  Layout: () =>
    h(DefaultTheme.Layout, null, { 'not-found': () => h(NotFound), 'doc-footer-before': () => h(MarkdownLink) }),
  enhanceApp({ app }) {
    app.component('OperationIndex', OperationIndex);
  },
  setup() {
    onMounted(installBehaviours);
    onContentUpdated(prepareTabs);
  },
} satisfies Theme;
