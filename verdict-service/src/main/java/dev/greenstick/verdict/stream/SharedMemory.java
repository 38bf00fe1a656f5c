package dev.greenstick.verdict.stream;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/** One bound of memory for all stores: by default each store of each partition has its own. */
public final class SharedMemory implements RocksDBConfigSetter {

  static {
    // Kafka loads this class before the library that it needs.
    RocksDB.loadLibrary();
  }

  private static final long WRITE_BUFFERS = 48L << 20;

  /**
   * What a store takes at least for what is not on disk yet; by default half a megabyte, which for
   * thirty-two stores is most of what they have together, so that they would flush all the time.
   */
  private static final long ARENA_BLOCK = 64L << 10;

  private static final Cache CACHE = new LRUCache(96L << 20, -1, false, 0.5);
  private static final WriteBufferManager BUFFERS = new WriteBufferManager(WRITE_BUFFERS, CACHE);

  @Override
  public void setConfig(String store, Options options, Map<String, Object> configs) {
    BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
    table.setBlockCache(CACHE);
    table.setCacheIndexAndFilterBlocks(true);
    options.setTableFormatConfig(table);
    options.setWriteBufferManager(BUFFERS);
    options.setWriteBufferSize(8L << 20);
    options.setArenaBlockSize(ARENA_BLOCK);
    options.setMaxWriteBufferNumber(2);
  }

  /** What is shared stays until the process ends. */
  @Override
  public void close(String store, Options options) {}
}
