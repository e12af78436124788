"""Finds what the main scripts of a job need on this machine.

Argument: a file that names the roots, each as `script:PATH` or `module:NAME`, and takes the answer.
That is pairs of a kind and a text; each of all these is ended by a zero byte. The scripts are imported;
what they import in turn is followed through the names that their modules hold.
"""
import ast
import importlib
import importlib.util
import json
import os
import re
import site
import sys
import sysconfig
import traceback
from importlib.machinery import ExtensionFileLoader, PathFinder
from types import ModuleType

MAIN = '__datasphere_main__'
GUARDS = ("if __name__ == '__main__':", 'if __name__ == "__main__":')
IGNORED = {'pkg_resources', MAIN, '__main__'}


class Failure(Exception):
    pass


class Answer:
    def __init__(self, path):
        self.path = path
        self.words = []

    def add(self, kind, text):
        self.words += [kind, text.replace('\0', '')]

    def write(self):
        with open(self.path, 'w', encoding='utf-8', errors='surrogateescape') as f:
            f.write(''.join(word + '\0' for word in self.words))


def load(root, answer):
    kind, name = root.split(':', 1)
    sys.path.insert(0, os.path.dirname(os.path.abspath(name)))
    try:
        if kind == 'module':
            return vars(importlib.import_module(name))
        with open(name, encoding='utf-8') as f:
            source = f.read()
            if not any(line.startswith(GUARDS) for line in source.split('\n')):
                raise Failure('`%s` must have a line `%s`: importing it to look for modules would '
                              'run the program otherwise' % (name, GUARDS[0]))
        if has_postponed_dataclass(source):
            answer.add('warning', 'the official client stops at `%s`, which has a dataclass and '
                       '`from __future__ import annotations`: move the dataclass into a module of '
                       'its own, or use `type: manual`' % name)
        spec = importlib.util.spec_from_file_location(MAIN, name)
        if spec is None:
            raise Failure('`%s` is no Python script' % name)
        module = importlib.util.module_from_spec(spec)
        sys.modules[MAIN] = module
        spec.loader.exec_module(module)
        return vars(module)
    except Failure:
        raise
    except UnicodeDecodeError as e:
        raise Failure('`%s` cannot be read: %s; save it as UTF-8' % (name, e))
    except SystemExit as e:
        raise Failure('`%s` ends the interpreter (%s) when it is imported' % (name, e.code))
    except Exception as e:
        traceback.print_exc()
        raise Failure('`%s` cannot be imported: %s: %s' % (name, type(e).__name__, e))


def has_postponed_dataclass(source):
    """Dataclasses look their module up, and the official client loads the script outside of all."""
    tree = ast.parse(source)
    postponed = any(isinstance(node, ast.ImportFrom) and node.module == '__future__'
                    and any(alias.name == 'annotations' for alias in node.names)
                    for node in tree.body)
    return postponed and any(
        isinstance(node, ast.ClassDef)
        and any(isinstance(field, ast.AnnAssign) for field in node.body)
        and any('dataclass' in ast.dump(decorator) for decorator in node.decorator_list)
        for node in ast.walk(tree))


def hidden_modules(own):
    """Modules of the user's folders whose name another one has that the official client finds first.

    It looks into these folders last, after the standard library and all that is installed.
    """
    others = [entry for entry in sys.path if os.path.abspath(entry or '.') not in own]
    hidden = {}
    for module in list(sys.modules.values()):
        name = getattr(module, '__name__', None)
        file = getattr(module, '__file__', None)
        if not isinstance(name, str) or not isinstance(file, str) or name == MAIN or '.' in name:
            continue
        folder = os.path.dirname(os.path.abspath(file))
        if os.path.basename(file).startswith('__init__.'):
            folder = os.path.dirname(folder)
        if folder not in own:
            continue
        try:
            spec = PathFinder.find_spec(name, others)
        except Exception:
            continue
        if spec is not None and spec.origin:
            hidden[file] = spec.origin
        elif name in getattr(sys, 'stdlib_module_names', ()):
            hidden[file] = 'the standard library'
    return hidden


def is_standard(name):
    top = name.split('.')[0]
    if top in IGNORED or top in sys.builtin_module_names:
        return True
    known = getattr(sys, 'stdlib_module_names', None)  # since 3.10
    if known is not None:
        return top in known
    module = sys.modules.get(top)
    file = getattr(module, '__file__', None) or ''
    return file.startswith(sysconfig.get_path('stdlib') + os.sep) and 'site-packages' not in file


def owner(value):
    try:
        if isinstance(value, ModuleType):
            return value
        name = getattr(value, '__module__', None)
        return sys.modules.get(name) if isinstance(name, str) else None
    except Exception:  # lazy objects raise what they like
        return None


def owners(namespace):
    found = {}
    for value in list(namespace.values()):
        module = owner(value)
        name = getattr(module, '__name__', None)
        if isinstance(module, ModuleType) and isinstance(name, str) and not is_standard(name):
            found[id(module)] = module
    return list(found.values())


def parents(module):
    parts = module.__name__.split('.')[:-1]
    names = ['.'.join(parts[:n]) for n in range(1, len(parts) + 1)]
    return [sys.modules[n] for n in names if n in sys.modules and not is_standard(n)]


def reachable(namespace):
    open_modules = owners(namespace)
    seen = {}
    while open_modules:
        module = open_modules.pop()
        if id(module) not in seen:
            seen[id(module)] = module
            open_modules += owners(vars(module)) + parents(module)
    return list(seen.values())


class Distributions:
    """Who owns a file, and whether the package index can be expected to have it."""

    def __init__(self):
        from importlib import metadata
        self.by_name = {}
        self.by_file = {}
        for distribution in metadata.distributions():
            name = distribution.metadata['Name']
            if name and self.name(distribution) not in self.by_name:
                self.by_name[self.name(distribution)] = distribution
                for file in self.files(distribution):
                    self.by_file[file] = distribution

    @staticmethod
    def name(distribution):
        return distribution.metadata['Name'].replace('_', '-')

    @staticmethod
    def files(distribution):
        base = os.path.realpath(str(distribution.locate_file('')))
        return [os.path.normpath(os.path.join(base, str(file)))
                for file in distribution.files or ()]

    @staticmethod
    def origin(distribution):
        """'index', 'editable' or 'elsewhere'; conda leaves references to folders that are gone."""
        text = distribution.read_text('direct_url.json')
        if not text:
            return 'index'
        data = json.loads(text)
        url = data.get('url', '')
        if url.startswith('file://') and not os.path.exists(url[len('file://'):]):
            return 'index'
        return 'editable' if data.get('dir_info', {}).get('editable') else 'elsewhere'

    def meta_packages(self, names):
        """Distributions without files of their own that require one of these."""
        found = set()
        changed = True
        while changed:
            changed = False
            for name, distribution in self.by_name.items():
                files = distribution.files
                if name in found or not files:
                    continue
                if all('.dist-info' in str(f) or '.egg-info' in str(f) for f in files):
                    required = {re.split(r'[^A-Za-z0-9._-]', r, maxsplit=1)[0].replace('_', '-')
                                for r in distribution.requires or ()}
                    if required & (names | found):
                        found.add(name)
                        changed = True
        return found

    def local_paths(self, distribution):
        """Top-level files and folders of it."""
        base = os.path.realpath(str(distribution.locate_file('')))
        return {os.path.join(base, os.path.relpath(file, base).split(os.sep)[0])
                for file in self.files(distribution) if file.startswith(base + os.sep)}


def top_path(module):
    """The file or folder of the top-level package; None if that is a whole site folder."""
    file = os.path.abspath(module.__file__)
    if not module.__package__:
        return file
    level = len(module.__name__.split('.')) - (module.__name__ != module.__package__)
    parts = file.split(os.sep)
    if os.path.basename(file).startswith('__init__.'):
        parts = parts[:-1]
        level -= 1
    elif module.__name__ == module.__package__:
        return None
    path = os.sep.join(parts[:len(parts) - level])
    return None if path in site.getsitepackages() + [site.getusersitepackages()] else path


def is_binary(module):
    return isinstance(getattr(module, '__loader__', None), ExtensionFileLoader)


def classify(modules, answer):
    distributions = Distributions()
    index, elsewhere, local, binary = {}, {}, {}, set()
    for module in modules:
        file = getattr(module, '__file__', None)
        if not file:
            continue
        distribution = distributions.by_file.get(os.path.realpath(file))
        origin = distributions.origin(distribution) if distribution else 'editable'
        top = module.__name__.split('.')[0]
        if origin == 'index':
            index[distributions.name(distribution)] = distribution
        elif origin == 'elsewhere':
            top = distributions.name(distribution)
            elsewhere[top] = distribution
        else:
            local.setdefault(top, set()).add(top_path(module))
        if is_binary(module):
            binary.add(top)
    for name in distributions.meta_packages(set(index)):
        index[name] = distributions.by_name[name]
    for name, distribution in elsewhere.items():
        local[name] = distributions.local_paths(distribution)
    return index, {path for path in transferable(local, binary, answer)}


def transferable(local, binary, answer):
    for name, paths in sorted(local.items()):
        if name in binary:
            answer.add('warning', 'the local package %s holds binary modules and is not sent: '
                                  'put it into a requirements file' % name)
        elif None in paths:
            answer.add('warning', 'the module %s has no folder of its own and is not sent' % name)
        else:
            yield from paths


def main():
    answer = Answer(sys.argv[1])
    with open(sys.argv[1], encoding='utf-8') as f:
        roots = f.read().split('\0')[:-1]
    sys.argv = ['datasphere']
    sys.path[:] = [entry for entry in sys.path if entry]
    sys.path.insert(0, os.getcwd())
    try:
        if sys.version_info < (3, 8):
            raise Failure('Python %d.%d is too old, 3.8 is needed' % sys.version_info[:2])
        requirements, paths = set(), set()
        for root in roots:
            index, local = classify(reachable(load(root, answer)), answer)
            requirements |= {'%s==%s' % (n, d.version) for n, d in index.items()}
            paths |= local
        own = {os.getcwd()} | {os.path.dirname(os.path.abspath(root.split(':', 1)[1]))
                               for root in roots}
        for file, other in sorted(hidden_modules(own).items()):
            answer.add('warning', 'the official client imports %s in place of %s, and stops or sends '
                       'the wrong one: choose another name' % (other, os.path.relpath(file)))
        answer.add('version', '%d.%d' % sys.version_info[:2])
        for requirement in sorted(requirements):
            answer.add('requirement', requirement)
        for path in sorted(paths):
            answer.add('local', path)
    except Failure as e:
        answer.add('error', str(e))
        return 2
    finally:
        answer.write()
    return 0


sys.exit(main())
