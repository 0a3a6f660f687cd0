import '../ui/base.css';
import './gallery.css';
import { render } from 'preact';

import { createCrewText } from '../text/create-crew-text.ts';
import { createFormat } from '../text/create-format.ts';
import { pageText } from '../text/crew-pages-text.ts';
import type { Lang } from '../text/text.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { NotSaved } from '../ui/not-saved.tsx';
import { QuietButton } from '../ui/quiet-button.tsx';
import { GalleryOrder, GalleryToday } from './crew-pages.tsx';
import { GalleryDesk } from './desk-page.tsx';
import { GalleryParts } from './parts-page.tsx';

/** For our own eyes: /gallery/gallery.html?page=parts&theme=night&app=crew&lang=en&glove=thick. */
const query = new URLSearchParams(location.search);
const lang: Lang = query.get('lang') === 'en' ? 'en' : 'zh';
const root = document.documentElement;
root.lang = lang === 'zh' ? 'zh-CN' : 'en';
root.dataset['theme'] = query.get('theme') ?? 'light';
root.dataset['app'] = query.get('app') ?? 'crew';
root.dataset['glove'] = query.get('glove') ?? 'standard';

const say = {
  t: createCrewText(lang),
  p: pageText(lang),
  format: createFormat(lang, 'Asia/Shanghai'),
  zh: lang === 'zh',
};

function page() {
  switch (query.get('page')) {
    case 'today':
      return <GalleryToday say={say} />;
    case 'order':
      return <GalleryOrder say={say} phase="ready" />;
    case 'asking':
      return <GalleryOrder say={say} phase="asking" />;
    case 'done':
      return <GalleryOrder say={say} phase="done" />;
    case 'desk':
      return <GalleryDesk say={say} />;
    case 'notSaved':
      return (
        <NotSaved
          title={say.t('custody.notSaved')}
          reason="QuotaExceededError"
          readOut={['A7K-2', say.format.spoken('A7K-2'), `${say.t('act.arrive')} 14:58:08`]}
        >
          <ActionButton label={say.t('act.tryNow')} onTap={() => undefined} />
          <QuietButton label={say.t('act.close')} onTap={() => undefined} />
        </NotSaved>
      );
    default:
      return <GalleryParts say={say} />;
  }
}

const place = document.querySelector('#root');
if (place !== null) render(page(), place);
