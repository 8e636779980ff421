from click.testing import CliRunner


def test_the_benchmark_of_treaties_prints_cells_seconds_and_both_rates(benchmark):
    done = CliRunner().invoke(benchmark("treaties").main, ["--worlds=8", "--repeats=1"])
    assert done.exit_code == 0, done.output
    for words in ("cells:", "from the cache", "built-in clause", "plain Python over built-in"):
        assert words in done.output


def test_the_benchmark_of_duties_prints_each_treaty_and_the_slowest(benchmark):
    done = CliRunner().invoke(benchmark("duties").main, ["--repeats=1"])
    assert done.exit_code == 0, done.output
    for words in ("NATO", "SMDA", "slowest:", "of the aim"):
        assert words in done.output
