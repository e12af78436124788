// Asks for the page again if a part of it did not come. A browser breaks off what is on its way whenever a network of the
// machine comes or goes, as with each container that starts: without this the page would stay empty.
(() => {
  const MOST = 8, PAUSE = 300;
  const tried = () => Number(sessionStorage.getItem('tried') ?? 0);
  let asked = false;
  addEventListener('error', event => {
    const isPart = event.target instanceof HTMLScriptElement || event.target instanceof HTMLLinkElement;
    if (!isPart || asked || document.documentElement.dataset.whole || tried() >= MOST) return;
    asked = true;
    sessionStorage.setItem('tried', String(tried() + 1));
    setTimeout(() => location.reload(), PAUSE * tried());
  }, true);
  addEventListener('load', () => {
    if (asked) return;
    document.documentElement.dataset.whole = 'yes';
    sessionStorage.removeItem('tried');
  });
})();
