import os
import sys

from tabulate import tabulate

from text.lengths import by_length


def main():
    with open(sys.argv[1]) as words:
        table = tabulate(by_length(words.read().split()), headers=['length', 'words'])
    with open('report.txt', 'w') as report:
        print(os.environ['TITLE'], table, sep='\n', file=report)
    print(table)


if __name__ == '__main__':
    main()
