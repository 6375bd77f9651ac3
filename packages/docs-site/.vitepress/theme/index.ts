import { onContentUpdated, type Theme } from 'vitepress';
import DefaultTheme from 'vitepress/theme-without-fonts';
import { h, onMounted } from 'vue';
import { installLanguages, restoreLanguage } from './languages.ts';
import MarkdownLink from './MarkdownLink.vue';
import NotFound from './NotFound.vue';
import { installReading, reveal } from './reading.ts';
import Search from './Search.vue';
import Sidebar from './Sidebar.vue';
import { closeLeftForms, installTryIt } from './try/index.ts';
import './base.css';
import './samples.css';
import './reference.css';
import './pictures.css';
import './start.css';
import './search.css';
import './try.css';

export default {
  extends: DefaultTheme,
  Layout: () =>
    h(DefaultTheme.Layout, null, {
      'not-found': () => h(NotFound),
      'nav-bar-content-before': () => h(Search),
      'sidebar-nav-before': () => h(Sidebar),
      'doc-after': () => h(MarkdownLink),
    }),
  setup() {
    onMounted(() => {
      installLanguages();
      installReading();
      installTryIt();
    });
    onContentUpdated(restoreLanguage);
    onContentUpdated(reveal);
    onContentUpdated(closeLeftForms);
  },
} satisfies Theme;
