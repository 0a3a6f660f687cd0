import './empty-line.css';

/** What is not there and as of when: "没有工单。14:55 问过中心". */
export function EmptyLine({ text }: { readonly text: string }) {
  return <p class="empty-line">{text}</p>;
}
