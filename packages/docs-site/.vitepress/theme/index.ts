import { onContentUpdated, type Theme } from 'vitepress';
import DefaultTheme from 'vitepress/theme-without-fonts';
import { onMounted } from 'vue';
import { installBehaviours, prepareTabs } from './behaviours.ts';
import OperationIndex from './OperationIndex.vue';
import './fonts.css';
import './base.css';
import './reference.css';
import './start.css';

export default {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    app.component('OperationIndex', OperationIndex);
  },
  setup() {
    onMounted(installBehaviours);
    onContentUpdated(prepareTabs);
  },
} satisfies Theme;
