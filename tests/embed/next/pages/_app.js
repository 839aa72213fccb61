import "upgrade-checklist";
import "../checklist.css";

export default function App({ Component, pageProps }) {
  return <Component {...pageProps} />;
}
